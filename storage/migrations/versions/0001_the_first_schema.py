"""The first schema, with the full-text index that each database has of its own."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = depends_on = None


def upgrade() -> None:
    """The first schema."""
    op.create_table(
        "counter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("touched_wall", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("ix_draft_touched_wall", ["touched_wall"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("seen_wall", sa.Float(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_seen_wall", ["seen_wall"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("burst_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("not_before_wall", sa.Float(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("parked_reason", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_active",
            ["lane", "id", "state"],
            unique=False,
            sqlite_where=sa.text("state IN ('pending', 'leased')"),
            postgresql_where=sa.text("state IN ('pending', 'leased')"),
        )
        batch_op.create_index("ix_outbox_burst_id", ["burst_id"], unique=False)
        batch_op.create_index("ix_outbox_state_created_at", ["state", "created_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("direct_channel", sa.String(), nullable=True),
        sa.Column("refreshed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_person")),
    )
    op.create_table(
        "policy",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_policy")),
    )
    op.create_table(
        "replica",
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("holder", name=op.f("pk_replica")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "burst",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("workstream", sa.String(), nullable=False),
        sa.Column("sites", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("raiser", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("clinical_lead", sa.String(), nullable=True),
        sa.Column("technical_lead", sa.String(), nullable=True),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("archive_at", UTCDateTime(), nullable=True),
        sa.Column("archived_at", UTCDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("thread_ts", sa.String(), nullable=True),
        sa.Column("policy_digest", sa.String(), nullable=False),
        sa.Column("log_count", sa.Integer(), nullable=False),
        sa.Column("log_head", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_digest"], ["policy.digest"], name=op.f("fk_burst_policy_digest_policy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burst")),
    )
    with op.batch_alter_table("burst", schema=None) as batch_op:
        batch_op.create_index("ix_burst_channel", ["channel"], unique=False)
        batch_op.create_index("ix_burst_state_archive_at", ["state", "archive_at"], unique=False)

    op.create_table(
        "anchor",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_anchor_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "entry_count", name=op.f("pk_anchor")),
    )
    op.create_table(
        "archive",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("workstream", sa.String(), nullable=False),
        sa.Column("sites", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=False),
        sa.Column("log_head", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_archive_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("archive", schema=None) as batch_op:
        batch_op.create_index("uq_archive_burst_id", ["burst_id"], unique=True)
        batch_op.create_index("ix_archive_closed_at", ["closed_at"], unique=False)

    op.create_table(
        "checklist_item",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.Column("blocks_closure", sa.Boolean(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_checklist_item_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "number", name=op.f("pk_checklist_item")),
    )
    op.create_table(
        "clock",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("armed_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("wake_at", UTCDateTime(), nullable=True),
        sa.Column("subject", sa.Integer(), nullable=True),
        sa.Column("total_for", sa.BigInteger(), nullable=False),
        sa.Column("warned", sa.Text(), nullable=False),
        sa.Column("fired", sa.Text(), nullable=False),
        sa.Column("missed_at", UTCDateTime(), nullable=True),
        sa.Column("met_at", UTCDateTime(), nullable=True),
        sa.Column("held_since", UTCDateTime(), nullable=True),
        sa.Column("held_for", sa.BigInteger(), nullable=False),
        sa.Column("paused_at", UTCDateTime(), nullable=True),
        sa.Column("left_for", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_clock_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "number", name=op.f("pk_clock")),
    )
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.create_index(
            "ix_clock_state_wake_at", ["state", "wake_at", "burst_id", "number"], unique=False
        )

    op.create_table(
        "decision_request",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_decision_request_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "number", name=op.f("pk_decision_request")),
    )
    op.create_table(
        "evidence",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("file_id", sa.String(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_evidence_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "number", name=op.f("pk_evidence")),
    )
    op.create_table(
        "log_entry",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("entry_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_log_entry_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "number", name=op.f("pk_log_entry")),
    )
    op.create_table(
        "participant",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_participant_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "number", name=op.f("pk_participant")),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index("ix_participant_user", ["user"], unique=False)

    op.create_table(
        "post",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_post_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index("ix_post_burst_id_slot", ["burst_id", "slot"], unique=False)
        batch_op.create_index("ix_post_channel_ts", ["channel", "ts"], unique=False)
        batch_op.create_index("ix_post_outbox_id", ["outbox_id"], unique=False)

    op.create_table(
        "sign_off",
        sa.Column("burst_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("signed_at", UTCDateTime(), nullable=False),
        sa.Column("voided_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["burst_id"], ["burst.id"], name=op.f("fk_sign_off_burst_id_burst"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("burst_id", "number", name=op.f("pk_sign_off")),
    )
    _add_words()
    op.execute("INSERT INTO counter (name, value) VALUES ('burst', 0)")


def downgrade() -> None:
    """Undo it."""
    op.execute("DROP TABLE archive_words")
    op.drop_table("sign_off")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index("ix_post_outbox_id")
        batch_op.drop_index("ix_post_channel_ts")
        batch_op.drop_index("ix_post_burst_id_slot")

    op.drop_table("post")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index("ix_participant_user")

    op.drop_table("participant")
    op.drop_table("log_entry")
    op.drop_table("evidence")
    op.drop_table("decision_request")
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_index("ix_clock_state_wake_at")

    op.drop_table("clock")
    op.drop_table("checklist_item")
    with op.batch_alter_table("archive", schema=None) as batch_op:
        batch_op.drop_index("uq_archive_burst_id")
        batch_op.drop_index("ix_archive_closed_at")

    op.drop_table("archive")
    op.drop_table("anchor")
    with op.batch_alter_table("burst", schema=None) as batch_op:
        batch_op.drop_index("ix_burst_state_archive_at")
        batch_op.drop_index("ix_burst_channel")

    op.drop_table("burst")
    op.drop_table("setting")
    op.drop_table("replica")
    op.drop_table("policy")
    op.drop_table("person")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_state_created_at")
        batch_op.drop_index("ix_outbox_burst_id")
        batch_op.drop_index(
            "ix_outbox_active",
            sqlite_where=sa.text("state IN ('pending', 'leased')"),
            postgresql_where=sa.text("state IN ('pending', 'leased')"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_seen_wall")

    op.drop_table("inbox")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_touched_wall")

    op.drop_table("draft")
    op.drop_table("counter")


def _add_words() -> None:
    """SQLite: FTS5 whose tokenizer only splits at spaces. PostgreSQL: finished lexemes in a tsvector."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE archive_words USING fts5(words, tokenize='ascii')")
        return
    op.execute(
        "CREATE TABLE archive_words ("
        "archive_id BIGINT PRIMARY KEY REFERENCES archive (id) ON DELETE CASCADE, words TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_archive_words_words ON archive_words USING gin (words)")
