-- KEYS dirty    ARGV offset, limit
return {millis(), redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[1] + ARGV[2] - 1, 'WITHSCORES')}
