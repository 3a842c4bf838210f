if count and count > 0 then redis.call('DECR', key) end
return 0
