using Microsoft.AspNetCore.Http;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.AspNetCore.Headers;

/// <summary>The request's nonce for inline scripts and styles.</summary>
/// <example>In a view: <c>&lt;script nonce="@Context.GetCspNonce()"&gt;</c>.</example>
public static class CspNonce
{
    private const int SizeInBytes = 16;

    /// <summary>Returns the nonce, 22 characters of base64url (128 random bits), made on first use and the same for the whole request.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="InvalidOperationException">The response has started, so the header can no longer name the nonce.</exception>
    public static string GetCspNonce(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Find(context) is { } known)
            return known;
        if (context.Response.HasStarted)
            throw new InvalidOperationException("The response has started; ask for the nonce before the first byte of the body is written.");
        string nonce = SecureRandom.Base64Url(SizeInBytes);
        context.Features.Set(new Feature(nonce));
        return nonce;
    }

    internal static string? Find(HttpContext context) => context.Features.Get<Feature>()?.Nonce;

    /// <summary>Beside the request and not among its items, whose table would be made for every request only to find nothing.</summary>
    private sealed record Feature(string Nonce);
}
