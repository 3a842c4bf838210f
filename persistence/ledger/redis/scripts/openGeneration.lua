-- KEYS clock, generation    ARGV wait, alone, id
local id, _, state = generation(KEYS[2], tick(KEYS[1]), tonumber(ARGV[1]), ARGV[2])
if id ~= tonumber(ARGV[3]) or state == 'owners' then return 0 end
redis.call('HSET', KEYS[2], 'open', 1)
return 1
