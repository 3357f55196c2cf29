/* No plugin at all. */
int ofp_nothing(void);
int ofp_nothing(void) { return 0; }
