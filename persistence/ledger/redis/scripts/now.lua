-- KEYS clock
return tick(KEYS[1])
