using System.ComponentModel.DataAnnotations;

namespace HardenedService.Accounts;

/// <summary>What a user sends to register and to sign in.</summary>
public sealed record Credentials
{
    [Required, RegularExpression("[a-z0-9]{1,32}")]
    public required string Name { get; init; }

    [Required, StringLength(128, MinimumLength = 12)]
    public required string Password { get; init; }
}
