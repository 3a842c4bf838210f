-- KEYS clock, beats, dead, held (of the node), orphans    ARGV node, silentMs
local at = redis.call('ZSCORE', KEYS[2], ARGV[1])
-- A node that is not there is dead, or has been for so long that it was forgotten.
if not at then return 1 end
local now = tick(KEYS[1])
if now - at < tonumber(ARGV[2]) then return 0 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], whole(now), ARGV[1])
-- Place and node, so that an entry belongs to this death alone; a null byte keeps the order of the places.
for _, place in ipairs(redis.call('ZRANGE', KEYS[4], 0, -1)) do
  redis.call('ZADD', KEYS[5], 0, place .. '\0' .. ARGV[1])
end
redis.call('DEL', KEYS[4])
return 1
