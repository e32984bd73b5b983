using InsecureShop.Data;

namespace InsecureShop.Catalogue;

public interface IProductSearch
{
    IReadOnlyList<Product> FindByName(string term);

    IEnumerable<Product> FindByCategory(string category);

    Product? DealOfTheDay();
}
