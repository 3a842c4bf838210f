-- KEYS rec, snapshot
local r = redis.call('HMGET', KEYS[1], 'kind', 'epoch', 'owner', 'ended', 'head', 'confirmed', 'snap')
if r[1] ~= 'place' or r[4] then return {} end
return {tonumber(r[2]), tonumber(r[5]), tonumber(r[6]), r[3] and 1 or 0, tonumber(r[7]), redis.call('GET', KEYS[2])}
