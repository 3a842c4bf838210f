-- KEYS rec, tail    ARGV above, limit
local done = tonumber(redis.call('HGET', KEYS[1], 'cut') or 0)
local first = math.max(tonumber(ARGV[1]) - done, 0)
return {done + first + 1, redis.call('LRANGE', KEYS[2], first, first + tonumber(ARGV[2]) - 1)}
