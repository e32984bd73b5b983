using System.Net;
using Microsoft.AspNetCore.Http;
using SecurityToolchain.AspNetCore.RateLimiting;

namespace SecurityToolchain.AspNetCore.Tests.RateLimiting;

public sealed class ClientIdentityTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void Address_IsCutToTheClient(string address, string expected)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

        Assert.Equal(expected, ClientIdentity.From(context, 64));
    }

    [Fact]
    public void ForwardedHeader_IsNotBelieved()
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("192.0.2.7") } };
        context.Request.Headers["X-Forwarded-For"] = "203.0.113.9";

        Assert.Equal("192.0.2.7", ClientIdentity.From(context, 64));
    }
}
