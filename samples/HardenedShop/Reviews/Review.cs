namespace HardenedShop.Reviews;

public sealed class Review
{
    public string Author { get; set; } = "";

    public int ProductId { get; set; }

    public string Text { get; set; } = "";
}
