-- KEYS rec, tail, snapshot, removed    ARGV epoch, head, as they were read before the place was archived
local r = redis.call('HMGET', KEYS[1], 'kind', 'epoch', 'owner', 'ended', 'head', 'confirmed')
if r[1] ~= 'place' or r[2] ~= ARGV[1] or r[3] or r[4] or r[5] ~= ARGV[2] or r[6] ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
return 1
