-- KEYS rec, tail    ARGV epoch, expected version, batch id, touched at, bodies...
local r = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'ended', 'head', 'confirmed', 'batch')
if not r[1] then return {'absent'} end
if r[1] ~= ARGV[1] or not r[2] or r[3] then return {'stale', tonumber(r[1])} end
local head, expected = tonumber(r[4]), tonumber(ARGV[2])
if r[6] == ARGV[3] then return {'ok', head, tonumber(r[5])} end
if expected > head then return {'behind', head} end
if expected < head then return {'less', head} end
if millis() > tonumber(ARGV[4]) + TOUCH_HOLDS then return {'touch'} end
put(KEYS[2], ARGV[1], 5)
head = head + #ARGV - 4
redis.call('HSET', KEYS[1], 'head', whole(head), 'batch', ARGV[3])
return {'ok', head, tonumber(r[5])}
