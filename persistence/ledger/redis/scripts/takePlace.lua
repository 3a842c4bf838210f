-- KEYS seat    ARGV session, entry, seat as JSON
local kept = redis.call('GET', KEYS[1])
if kept then
  local before = cjson.decode(kept)
  if before.session == ARGV[1] then kept = false
  elseif tonumber(ARGV[2]) <= before.entry then return {0, kept} end
end
redis.call('SET', KEYS[1], ARGV[3])
return {1, kept}
