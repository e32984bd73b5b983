using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Databases, search and data platforms. Sources: each provider's own token documentation.</summary>
internal static class DatabasePatterns
{
    public static readonly SecretPattern[] All =
    [
        Token("planetscale-password", "PlanetScale", "pscale_pw_", Base64Url.With("=."), 32, 64),
        Token("planetscale-api-token", "PlanetScale", "pscale_tkn_", Base64Url.With("=."), 32, 64),
        Token("planetscale-oauth-token", "PlanetScale", "pscale_oauth_", Base64Url.With("=."), 32, 64),
        Token("aiven-service-password", "Aiven", "AVNS_", Base64Url, 19),
        Token("clickhouse-cloud-key", "ClickHouse", "4b1d", Base62, 38),
        Token("cockroachdb-api-key", "CockroachDB", "CCDB1_", Base62, 22, 70),
        Token("mongodb-atlas-service-account-secret", "MongoDB Atlas", "mdb_sa_sk_", Base64Url, 40),
        NamedUuid("mongodb-atlas-api-key", "MongoDB Atlas", "atlas", "mongodbprivatekey"),
        Token("supabase-service-token", "Supabase", "sbp_", LowerHex, 40),
        Shape("supabase-secret-key", "Supabase", Text("sb_secret_"), Run(Base64Url, 22), Text("_"), Run(Base62, 8)),
        Token("neon-api-key", "Neon", "napi_", LowerAlnum, 64),
        Token("neon-role-password", "Neon", "npg_", Base62, 12),
        Named("upstash-token", "Upstash", ["upstash"], Run(Base64UrlPadded, 40, 120)),
        Named("confluent-api-secret", "Confluent", ["confluent", "kafkasecret", "kafkapassword"], Base64, 64),
        Token("confluent-cloud-secret", "Confluent", "cflt", Base64, 60),
        Named("confluent-access-key", "Confluent", ["confluent"], UpperAlnum, 16),
        Named("algolia-admin-key", "Algolia", ["algolia"], LowerHex, 32),
        Named("meilisearch-master-key", "Meilisearch", ["meilisearch", "meili"], Base64Url, 43),
        Named("typesense-api-key", "Typesense", ["typesense"], Base62, 32),
        Token("dbt-cloud-user-token", "dbt", "dbtu_", Base64Url, 40, 64),
        Token("dbt-cloud-service-account-token", "dbt", "dbtc_", Base64Url, 40, 64),
        Token("prefect-user-key", "Prefect", "pnu_", LowerAlnum, 36),
        Token("prefect-bot-key", "Prefect", "pnb_", LowerAlnum, 36),
        Named("snowflake-password", "Snowflake", ["snowflakepassword", "snowflakepat"], Run(Base64Url, 20, 300)),
        Token("fauna-secret", "Fauna", "fnA", Base64Url, 37, 41),
        Token("xata-api-key", "Xata", "xau_", Base62, 27, 30),
        Named("influxdb-token", "InfluxDB", ["influx"], Run(Base64Url, 86), Text("==")),
        Named("looker-client-secret", "Looker", ["looker"], LowerAlnum, 24),
        Named("quickbase-user-token", "Quickbase", ["quickbase"], Run(LowerAlnum, 6), Text("_"), Run(LowerAlnum, 4), Text("_"), Run(LowerAlnum, 20, 40)),
        Named("hightouch-api-key", "Hightouch", ["hightouch"], LowerHex, 64),
        Named("fivetran-api-secret", "Fivetran", ["fivetran"], Base62, 32),
    ];
}
