namespace HardenedShop.Accounts;

/// <summary>What a customer may change; whether an account is an administrator's is not among it.</summary>
public sealed record AccountUpdate(string Address);
