using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SecurityToolchain.AspNetCore.Cookies;

/// <summary>Every cookie that the application appends is HttpOnly, Secure and at least SameSite=Lax, unless its code sets the policy itself.</summary>
internal sealed class CookieDefaultsSetup : IConfigureOptions<CookiePolicyOptions>
{
    public void Configure(CookiePolicyOptions options)
    {
        options.HttpOnly = HttpOnlyPolicy.Always;
        options.Secure = CookieSecurePolicy.Always;
        options.MinimumSameSitePolicy = SameSiteMode.Lax;
    }
}
