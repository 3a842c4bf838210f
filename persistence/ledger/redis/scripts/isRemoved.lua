-- KEYS removed    ARGV user
local to = redis.call('ZSCORE', KEYS[1], ARGV[1])
if to and (to == 'inf' or tonumber(to) > millis()) then return 1 end
return 0
