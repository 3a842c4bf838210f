-- KEYS listing    ARGV epoch or '', process
if holder(KEYS[1], ARGV[1], ARGV[2]) ~= 'mine' then return 0 end
return redis.call('DEL', KEYS[1])
