package main

import "fmt"

type Account struct {
	Balance int
	Limits  [2]int
}

func deposit(account Account, amount int) { account.Balance += amount }

func depositTo(account *Account, amount int) { account.Balance += amount }

func main() {
	account := Account{Balance: 100, Limits: [2]int{10, 20}}
	copied := account
	copied.Limits[0] = 99
	deposit(account, 50)
	fmt.Println("after a copy:", account.Balance, account.Limits)
	depositTo(&account, 50)
	fmt.Println("after a pointer:", account.Balance, copied.Balance)
}
