using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Hosting;

namespace SecurityToolchain.AspNetCore.RequestLimits;

/// <summary>Carries <see cref="RequestLimitsOptions"/> over to Kestrel and to form reading.</summary>
internal sealed class RequestLimitsSetup(IOptions<SecurityToolchainOptions> options) : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<FormOptions>
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    public void Configure(KestrelServerOptions kestrel)
    {
        // The header tells an attacker what to try, whatever the limits are.
        kestrel.AddServerHeader = false;
        RequestLimitsOptions limits = options.Value.RequestLimits;
        if (!limits.Enabled)
            return;
        kestrel.Limits.MaxRequestBodySize = limits.MaxBodySizeBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.MaxHeadersSizeBytes;
        kestrel.Limits.MaxRequestHeaderCount = limits.MaxHeaderCount;
        kestrel.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.MinBodyBytesPerSecond, s_grace);
    }

    public void Configure(FormOptions form)
    {
        RequestLimitsOptions limits = options.Value.RequestLimits;
        if (!limits.Enabled)
            return;
        form.MultipartBodyLengthLimit = limits.MaxMultipartBodySizeBytes;
        form.BufferBodyLengthLimit = limits.MaxBodySizeBytes;
        form.ValueCountLimit = limits.MaxFormFields;
    }
}
