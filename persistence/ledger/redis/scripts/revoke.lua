-- KEYS revoked    ARGV sessions...
local now = millis()
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', whole(now - 2678400000), 'LIMIT', 0, 100)
if #old > 0 then redis.call('ZREM', KEYS[1], unpack(old)) end
for _, session in ipairs(ARGV) do redis.call('ZADD', KEYS[1], 'NX', now, session) end
return 1
