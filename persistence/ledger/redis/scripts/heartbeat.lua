-- KEYS clock, beats, dead    ARGV node
local now = tick(KEYS[1])
if redis.call('ZSCORE', KEYS[3], ARGV[1]) then return {0, now} end
redis.call('ZADD', KEYS[2], whole(now), ARGV[1])
-- The dead are remembered for 31 days.
local forgotten = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', whole(now - 2678400000), 'LIMIT', 0, 10)
if #forgotten > 0 then redis.call('ZREM', KEYS[3], unpack(forgotten)) end
return {1, now}
