-- What the pages show. Nothing here is random: every machine has the same rows.
CREATE TABLE fortune (
    id integer PRIMARY KEY,
    message text NOT NULL
);

INSERT INTO fortune (id, message) VALUES
    (1, 'A bad random number generator: 1, 1, 1, 1, 1, 4.33e67, 1, 1, 1'),
    (2, 'A computer program does what you tell it to do, not what you want it to do.'),
    (3, 'A list is only as strong as its weakest link & its first pointer.'),
    (4, 'After enough decimal places, nobody reads on.'),
    (5, 'Any program that runs right is obsolete.'),
    (6, 'Computers make very fast, very accurate mistakes.'),
    (7, 'Feature: a bug with seniority.'),
    (8, 'If x < y & y < z, then x < z. Except for NaN.'),
    (9, 'Nothing is as permanent as a temporary fix <for now>.'),
    (10, 'One test is worth a thousand expert opinions.'),
    (11, '<script>alert(“This must not be run.”);<script>'),
    (12, 'フレームワークのベンチマーク');

CREATE TABLE article (
    id integer PRIMARY KEY,
    title text NOT NULL,
    author text NOT NULL,
    published date NOT NULL,
    body text NOT NULL
);

CREATE TABLE comment (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    article integer NOT NULL REFERENCES article,
    author text NOT NULL,
    body text NOT NULL,
    -- Everybody has one comment on an article: writing again replaces it.
    UNIQUE (article, author)
);

INSERT INTO article (id, title, author, published, body)
SELECT
    id,
    'Article ' || id || ': on ' || (ARRAY['queues & stacks', 'caches', 'locks', 'clocks', 'names', '<templates>', 'errors'])[id % 7 + 1],
    (ARRAY['Ada', 'Grace', 'Edsger', 'Barbara', 'Niklaus'])[id % 5 + 1],
    DATE '2020-01-01' + id,
    (
        SELECT string_agg(sentence, E'\n' ORDER BY part)
        FROM (
            SELECT part, repeat((ARRAY[
                'It works on most days, and nobody has asked about the others. ',
                'Where a < b and b < c there is little to add & nothing to take away. ',
                'The manual says otherwise, which is why nobody reads the manual. ',
                'We measured it twice, and the second time it was slower. '
            ])[(id + part) % 4 + 1], 4 + (id + part) % 4) AS sentence
            FROM generate_series(0, 4) AS part
        ) AS sentences
    )
FROM generate_series(0, 1099) AS id;

INSERT INTO comment (article, author, body)
SELECT
    article.id,
    'reader ' || n,
    (ARRAY[
        'I have read it & I agree.',
        'What if a > b? The article is silent on this, and so is everybody I have asked.',
        'First.',
        'This does not hold for n < 3, as can be seen by trying it out with n = 2 and then with n = 1.',
        'Thank you, that was clear – even to me.'
    ])[(article.id + n) % 5 + 1]
FROM article, generate_series(1, 8) AS n
ORDER BY article.id, n;

ANALYZE;
