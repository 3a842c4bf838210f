-- KEYS record, listing    ARGV process: takes out what it left, but not under a claim that is held by a later owner's process
if redis.call('HGET', KEYS[2], 'process') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[2])
