using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Amazon Web Services. Sources: IAM identifiers reference, Bedrock API keys.</summary>
internal static class AmazonPatterns
{
    public static readonly SecretPattern[] All =
    [
        Token("aws-access-key-id", "AWS", "AKIA", Base32Upper, 16),
        Token("aws-temporary-access-key-id", "AWS", "ASIA", Base32Upper, 16),
        Token("aws-bearer-access-key-id", "AWS", "ABIA", Base32Upper, 16),
        Token("aws-context-access-key-id", "AWS", "ACCA", Base32Upper, 16),
        Named("aws-secret-access-key", "AWS", ["awssecret", "secretaccesskey", "awssecretkey", "awskey", "s3secret", "awsaccesskey", "sessecret"], Base64, 40),
        Token("aws-bedrock-long-lived-key", "AWS", "ABSK", Base64Padded, 109, 269),
        Token("aws-bedrock-short-lived-key", "AWS", "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t", Base64Padded, 20, 2000),
        Shape("aws-mws-token", "Amazon MWS", [Text("amzn.mws."), .. Uuid()]),
        Token("amazon-oauth-client-secret", "Amazon", "amzn1.oa2-cs.v1.", LowerHex, 64),
        Named("aws-session-token", "AWS", ["awssessiontoken", "awssecuritytoken"], Run(Base64Padded, 100, 1200)),
    ];
}
