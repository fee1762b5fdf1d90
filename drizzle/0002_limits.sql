CREATE TABLE "khotan_limits" (
	"plug" text NOT NULL,
	"tenant" text NOT NULL,
	"state" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "khotan_limits_plug_tenant_pk" PRIMARY KEY("plug","tenant")
);
