using HardenedShop.Data;

namespace HardenedShop.Catalogue;

public interface IProductSearch
{
    IReadOnlyList<Product> FindByName(string term);

    IEnumerable<Product> FindByCategory(string category);

    Product? DealOfTheDay();
}
