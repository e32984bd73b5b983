using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Headers;

namespace SecurityToolchain.Runtime.Benchmarks.Bars;

/// <summary>The headers' middleware against one that sets the same headers by hand and looks at nothing. Bar: less than 1 microsecond a request.</summary>
internal static class SecurityHeadersBar
{
    private const int Requests = 50_000;

    public static BarResult Measure()
    {
        var middleware = new SecurityHeadersMiddleware(static _ => Task.CompletedTask, Options.Create(new SecurityHeadersOptions()));
        (double ours, double empty) = Rounds.ProcessorTime(() => Send(middleware.InvokeAsync), () => Send(static _ => Task.CompletedTask));
        (double byHand, double emptyAgain) = Rounds.ProcessorTime(() => Send(ByHand), () => Send(static _ => Task.CompletedTask));
        double oursNanoseconds = (ours - Math.Min(empty, emptyAgain)) / Requests * 1e9;
        double peerNanoseconds = (byHand - Math.Min(empty, emptyAgain)) / Requests * 1e9;
        return new BarResult(
            "security headers, modern profile",
            string.Create(CultureInfo.InvariantCulture, $"{oursNanoseconds:F0} ns a request"),
            string.Create(CultureInfo.InvariantCulture, $"{peerNanoseconds:F0} ns a request (the same headers set by hand)"),
            string.Create(CultureInfo.InvariantCulture, $"{oursNanoseconds / peerNanoseconds:F2}x"),
            "less than 1,000 ns",
            oursNanoseconds < 1_000);
    }

    private static Task ByHand(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.XXSSProtection = "0";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'self'";
        headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return Task.CompletedTask;
    }

    private static void Send(RequestDelegate pipeline)
    {
        for (int i = 0; i < Requests; i++)
        {
            var response = new StartableResponse();
            var features = new FeatureCollection(4);
            features.Set<IHttpRequestFeature>(new HttpRequestFeature { Scheme = "https", Headers = { Host = "shop.example" } });
            features.Set<IHttpResponseFeature>(response);
            var context = new DefaultHttpContext(features);
            pipeline(context).GetAwaiter().GetResult();
            response.Start();
        }
    }

    /// <summary>Calls what was registered for the start of the response, as a server does.</summary>
    private sealed class StartableResponse : HttpResponseFeature
    {
        private (Func<object, Task> Callback, object State)? _starting;

        public override void OnStarting(Func<object, Task> callback, object state) => _starting = (callback, state);

        public void Start() => _starting?.Callback(_starting.Value.State).GetAwaiter().GetResult();
    }
}
