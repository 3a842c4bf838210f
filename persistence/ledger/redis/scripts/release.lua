-- KEYS rec    ARGV epoch
local r = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'stamp')
if r[1] ~= ARGV[1] or not r[2] then return {} end
redis.call('HDEL', KEYS[1], 'owner', 'stamp')
return {r[2], r[3]}
