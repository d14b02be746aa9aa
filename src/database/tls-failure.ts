/** Why no secure connection came about, as a user can do something about it. Pure. */

/** The codes by which Node and OpenSSL name a failure of TLS. */
export const tlsCode =
  /^(?:CERT|ERR_TLS|ERR_SSL|ERR_OSSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/;

const unknownAuthority = /^(?:DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER))/;

/** `What is the matter. What to do.` `names`: what the server's certificate is made out for, as Node writes it. */
export function tlsFailure(code: string, message: string, names: string | null): string {
  if (unknownAuthority.test(code))
    return 'the server’s certificate is not signed by an authority that is trusted here. Name the authority’s own certificate in sslrootcert.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' && names !== null)
    return `the server’s certificate is made out for ${names.replace(/(?:IP Address|DNS):/g, '')}. Connect by that name, or ask for less with sslmode=verify-ca.`;
  if (code === 'CERT_HAS_EXPIRED') return 'the server’s certificate has expired. Have it renewed.';
  if (code.startsWith('ERR_OSSL'))
    return `a certificate or its key cannot be used (${reasonIn(message)}). Check sslcert, sslkey and sslpassword.`;
  if (/does not support SSL/i.test(message))
    return 'the server speaks no TLS. Turn ssl on there, or allow sslmode=prefer.';
  if (/channel.binding/i.test(message))
    return 'the server cannot bind the password to this connection, as channel_binding=require asks for. Correct it, or the server’s authentication.';
  return `${message}. Check sslmode and the certificates.`;
}

/** OpenSSL's own words: `bad decrypt` of `error:1C800064:Provider routines::bad decrypt`. */
function reasonIn(message: string): string {
  return message.split(':').at(-1)?.trim() ?? message;
}
