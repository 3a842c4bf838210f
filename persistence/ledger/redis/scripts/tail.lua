-- KEYS rec, tail    ARGV above (a number or 'confirmed'), limit
local rec = redis.call('HMGET', KEYS[1], 'cut', 'confirmed')
local done = tonumber(rec[1] or 0)
local above = tonumber(ARGV[1] == 'confirmed' and rec[2] or ARGV[1]) or 0
local first = math.max(above - done, 0)
return {done + first + 1, redis.call('LRANGE', KEYS[2], first, first + tonumber(ARGV[2]) - 1)}
