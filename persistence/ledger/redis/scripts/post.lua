-- KEYS rec, tail, outbox    ARGV n, touched at, body
local r = redis.call('HMGET', KEYS[1], 'kind', 'head', 'confirmed', 'cut')
if r[1] == 'place' then return {'place'} end
local head, confirmed = tonumber(r[2] or 0), tonumber(r[3] or 0)
local n = tonumber(ARGV[1])
local newest = redis.call('ZRANGE', KEYS[3], -1, -1, 'WITHSCORES')
if newest[2] and n <= tonumber(newest[2]) then
  local first = redis.call('ZRANGEBYSCORE', KEYS[3], ARGV[1], ARGV[1])
  return {'ok', tonumber(first[1] or 0), 1, confirmed}
end
if millis() > tonumber(ARGV[2]) + TOUCH_HOLDS then return {'touch'} end
head = head + 1
redis.call('RPUSH', KEYS[2], '0 ' .. ARGV[3])
if r[1] then redis.call('HSET', KEYS[1], 'head', whole(head))
else redis.call('HSET', KEYS[1], 'kind', 'conversation', 'head', 1, 'confirmed', 0, 'epoch', 0, 'snap', 0, 'cut', 0) end
redis.call('ZADD', KEYS[3], ARGV[1], whole(head))
-- Answers to the newest 1,000 numbers are kept; an outbox unused for 30 days is forgotten.
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', whole(n - 1000))
redis.call('PEXPIRE', KEYS[3], 2592000000)
if head % 100 == 0 then cut(KEYS[1], KEYS[2], 'conversation', head, confirmed, 0, tonumber(r[4] or 0)) end
return {'ok', head, 0, confirmed}
