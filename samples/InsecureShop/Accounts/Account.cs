namespace InsecureShop.Accounts;

public sealed class Account
{
    public int Id { get; set; }

    public string Address { get; set; } = "";

    public bool IsAdministrator { get; set; }
}
