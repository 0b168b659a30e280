package main

import "testing"

func TestABadArgumentIsNamed(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"tasks"}, "2 arguments are needed, not 1"},
		{[]string{"task", "7"}, `the kind must be tasks or threads, not "task"`},
		{[]string{"tasks", "0"}, `N must be a whole number from 1 to 10000000, not "0"`},
		{[]string{"tasks", "x"}, `N must be a whole number from 1 to 10000000, not "x"`},
		{[]string{"tasks", "10000001"}, `N must be a whole number from 1 to 10000000, not "10000001"`},
	}
	for _, test := range tests {
		if _, _, err := parse(test.args); err == nil || err.Error() != test.want {
			t.Errorf("%q: got %v, want %s", test.args, err, test.want)
		}
	}
	if _, n, err := parse([]string{"threads", "7"}); n != 7 || err != nil {
		t.Error(n, err)
	}
}

func TestAllThatStartedAreDone(t *testing.T) {
	for _, n := range []int{1, 2, 300} {
		if got := climbTasks(n); got != int64(n) {
			t.Errorf("%d of %d tasks ended", got, n)
		}
		if got := climbThreads(n); got != int64(n) {
			t.Errorf("%d of %d threads ended", got, n)
		}
	}
}
