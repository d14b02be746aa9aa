/** PostgreSQL's functions that applications use: what a misspelt name is held against. Leaves out what only the server's own tools call. */

/** Any version that is still maintained has them. `coalesce` and `nullif` are words of the grammar, called as functions are. */
export const postgresqlFunctions: ReadonlySet<string> = new Set(
  `abs acos age any_value array_agg array_append array_cat array_dims array_fill array_length array_lower array_ndims
  array_position array_positions array_prepend array_remove array_replace array_to_json array_to_string
  array_to_tsvector array_upper ascii asin atan atan2 avg bit_and bit_count bit_length bit_or bit_xor bool_and bool_or btrim
  cardinality cbrt ceil ceiling char_length character_length chr clock_timestamp coalesce concat concat_ws convert_from convert_to
  corr cos cot count covar_pop covar_samp cume_dist current_database current_schema current_setting currval date_bin
  date_part date_trunc daterange decode degrees dense_rank div encode every exp extract factorial first_value floor format
  gcd gen_random_bytes gen_random_uuid generate_series get_bit get_byte greatest has_table_privilege host initcap
  int4range int8range isempty isfinite json_agg json_array_elements json_array_elements_text json_array_length
  json_build_array json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object
  json_object_agg json_object_keys json_populate_record json_populate_recordset json_strip_nulls json_to_record
  json_to_recordset json_typeof jsonb_agg jsonb_array_elements jsonb_array_elements_text jsonb_array_length
  jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert
  jsonb_object jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query
  jsonb_path_query_array jsonb_path_query_first jsonb_populate_record jsonb_populate_recordset jsonb_pretty jsonb_set
  jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof justify_days justify_hours justify_interval lag
  last_value lastval lcm lead least left length ln log log10 lower lower_inc lower_inf lpad ltrim make_date make_interval
  make_time make_timestamp make_timestamptz masklen max md5 min mod mode netmask network nextval normalize now nth_value
  ntile nullif num_nonnulls num_nulls numrange octet_length overlay percent_rank percentile_cont percentile_disc
  pg_advisory_lock pg_advisory_unlock pg_advisory_xact_lock pg_backend_pid pg_notify pg_relation_size pg_sleep
  pg_total_relation_size pg_try_advisory_lock pg_try_advisory_xact_lock pg_typeof phraseto_tsquery pi plainto_tsquery
  position power quote_ident quote_literal radians random range_agg range_merge rank regexp_count regexp_instr
  regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr
  regr_slope repeat replace reverse right round row_number row_to_json rpad rtrim scale set_bit set_byte set_config
  setseed setval setweight sha256 sha512 sign sin split_part sqrt starts_with statement_timestamp stddev stddev_pop
  stddev_samp string_agg string_to_array string_to_table strip strpos substr substring sum tan text timeofday
  to_char to_date to_hex to_json to_jsonb to_number to_timestamp to_tsquery to_tsvector transaction_timestamp translate
  trim trim_array trunc ts_headline ts_rank ts_rank_cd tsrange tstzrange unnest upper upper_inc upper_inf var_pop
  var_samp variance websearch_to_tsquery width_bucket`.split(/\s+/),
);

/** Of extensions and of other databases: near to names above, and meant as they are. */
export const otherFunctions: ReadonlySet<string> = new Set(
  `similarity word_similarity strict_word_similarity show_trgm unaccent levenshtein soundex difference metaphone dmetaphone
  crypt gen_salt digest hmac uuid_generate_v4 uuid_generate_v1 uuid_generate_v7 uuidv4 uuidv7 crc32 date datetime time
  julianday strftime group_concat ifnull nvl if iif instr len total json_extract json_set hex unhex unixepoch
  curdate curtime sysdate year month day hour minute second dateadd datediff date_add date_sub date_format isnull
  cosine_distance l2_distance inner_product vector_dims vector_norm`.split(/\s+/),
);
