-- KEYS seat    ARGV session
local kept = redis.call('GET', KEYS[1])
if not kept or cjson.decode(kept).session ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
