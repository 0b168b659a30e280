/* A subject that does nothing: what is left is the cost of starting a process. */
int main(void) { return 0; }
