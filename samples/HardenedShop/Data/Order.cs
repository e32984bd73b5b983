namespace HardenedShop.Data;

public sealed class Order
{
    public int Id { get; set; }

    public string Customer { get; set; } = "";

    public string Status { get; set; } = "new";

    public decimal Total { get; set; }
}
