-- KEYS clock, generation    ARGV wait, alone
local id, since, state = generation(KEYS[2], tick(KEYS[1]), tonumber(ARGV[1]), ARGV[2])
return {id, since, state}
