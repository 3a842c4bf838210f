-- KEYS dirty    ARGV key: entered before anything is appended to it
local now = millis()
redis.call('ZADD', KEYS[1], now, ARGV[1])
return now
