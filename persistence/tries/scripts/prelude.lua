-- Before every script of this folder. Whoever sets the key gives it its end; counting up and down leaves that as it is.
local key = KEYS[1]
local count = tonumber(redis.call('GET', key))
