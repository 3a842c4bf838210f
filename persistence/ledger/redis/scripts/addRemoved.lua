-- KEYS removed    ARGV user, until or '+inf'
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', millis())
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
return 1
