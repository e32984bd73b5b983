using System.Net;
using System.Net.Http.Headers;

namespace InsecureShop.Payments;

public sealed class PaymentClient
{
    private const string ApiKey = "pk-acme-7f3Kq9ZsW2xLr8VbTn4M"; // expect STC4001

    private readonly HttpClient _http;

    public PaymentClient(HttpClient http)
    {
        _http = http;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    public static ICredentials LedgerCredentials() => new NetworkCredential("ledger", "Tr0ub4dor&3-ledger"); // expect STC4001

    public async Task<bool> ChargeAsync(int orderId, decimal amount)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("https://payments.example/charge", new { orderId, amount });
        return response.IsSuccessStatusCode;
    }
}
