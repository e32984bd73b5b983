using static SecurityToolchain.Secrets.Patterns.Alphabet;
using static SecurityToolchain.Secrets.Patterns.PatternFactory;
using static SecurityToolchain.Secrets.Patterns.Segment;

namespace SecurityToolchain.Secrets.Patterns.Providers;

/// <summary>Google Cloud, Firebase and Maps. Sources: Google's authentication and API key documentation.</summary>
internal static class GooglePatterns
{
    public static readonly SecretPattern[] All =
    [
        Token("google-api-key", "Google", "AIza", Base64Url, 35),
        Token("google-oauth-client-secret", "Google", "GOCSPX-", Base64Url, 28),
        Token("google-oauth-access-token", "Google", "ya29.", Base64Url, 40, 400),
        Token("google-oauth-refresh-token", "Google", "1//0", Base64Url, 40, 120),
        Shape("firebase-cloud-messaging-server-key", "Firebase", Text("AAAA"), Run(Base64Url, 7), Text(":APA91b"), Run(Base64Url, 134)),
        Token("google-hmac-access-id", "Google", "GOOG1E", UpperAlnum, 55),
        Named("google-hmac-secret", "Google", ["gcssecret", "googlehmac", "gcshmac", "googlestoragesecret"], Base64, 40),
        Named("recaptcha-secret", "Google", ["recaptchasecret", "recaptchaprivate"], Text("6L"), Run(Base64Url, 38)),
    ];
}
