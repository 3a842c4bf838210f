-- KEYS due    ARGV limit
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', millis(), 'WITHSCORES', 'LIMIT', 0, ARGV[1])
