package main

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // The driver "pgx", which prepares and keeps statements.
)

const (
	connections = 16
	// What PostgreSQL says when a row that is referred to is not there.
	foreignKeyViolation = "23503"
)

var errNotFound = errors.New("not found")

// store is what is in the database.
type store struct {
	db *sql.DB
}

type fortune struct {
	ID      int32
	Message string
}

type article struct {
	ID                             int32
	Title, Author, Published, Body string
}

type comment struct {
	Author, Body string
}

// openStore connects, so that a database that is not there is told at once.
func openStore(ctx context.Context, database string) (*store, error) {
	db, err := sql.Open("pgx", database)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return &store{db}, nil
}

func (s *store) fortunes(ctx context.Context) ([]fortune, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, message FROM fortune")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var fortunes []fortune
	for rows.Next() {
		var f fortune
		if err := rows.Scan(&f.ID, &f.Message); err != nil {
			return nil, err
		}
		fortunes = append(fortunes, f)
	}
	return fortunes, rows.Err()
}

func (s *store) article(ctx context.Context, id int32) (*article, error) {
	var a article
	err := s.db.QueryRowContext(ctx, `SELECT id, title, author, to_char(published, 'YYYY-MM-DD'), body
		FROM article WHERE id = $1`, id).Scan(&a.ID, &a.Title, &a.Author, &a.Published, &a.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	return &a, nil
}

func (s *store) comments(ctx context.Context, article int32) ([]comment, error) {
	rows, err := s.db.QueryContext(ctx,
		"SELECT author, body FROM comment WHERE article = $1 ORDER BY id", article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var comments []comment
	for rows.Next() {
		var c comment
		if err := rows.Scan(&c.Author, &c.Body); err != nil {
			return nil, err
		}
		comments = append(comments, c)
	}
	return comments, rows.Err()
}

// comment puts a comment in the place of its author's former one.
func (s *store) comment(ctx context.Context, article int32, c comment) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO comment (article, author, body) VALUES ($1, $2, $3)
		ON CONFLICT (article, author) DO UPDATE SET body = excluded.body`, article, c.Author, c.Body)
	if fault, ok := errors.AsType[*pgconn.PgError](err); ok && fault.Code == foreignKeyViolation {
		return errNotFound
	}
	return err
}
