-- KEYS rec, tail, snapshot    ARGV epoch, version, body
local r = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'ended', 'head', 'confirmed', 'snap', 'cut')
local version, head = tonumber(ARGV[2]), tonumber(r[4])
if r[1] ~= ARGV[1] or not r[2] or r[3] or version < tonumber(r[6]) or version > head then return 0 end
redis.call('SET', KEYS[3], ARGV[3])
redis.call('HSET', KEYS[1], 'snap', ARGV[2])
cut(KEYS[1], KEYS[2], 'place', head, tonumber(r[5]), version, tonumber(r[7]))
return 1
