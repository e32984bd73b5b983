using System.Net;
using System.Net.Http.Headers;
using SecurityToolchain.Runtime.Secrets;

namespace HardenedShop.Payments;

public sealed class PaymentClient
{
    private readonly HttpClient _http;

    public PaymentClient(HttpClient http, SecretProvider secrets)
    {
        _http = http;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secrets.GetRequired("Payments:ApiKey"));
    }

    public static ICredentials LedgerCredentials(SecretProvider secrets) => new NetworkCredential("ledger", secrets.GetRequired("Ledger:Password"));

    public async Task<bool> ChargeAsync(int orderId, decimal amount)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync("https://payments.example/charge", new { orderId, amount });
        return response.IsSuccessStatusCode;
    }
}
